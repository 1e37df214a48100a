;;; What a user of Emacs does in a document, without the user: prints one JSON object.
(require 'json)

(defun visit-wait-for (what condition)
  "What CONDITION, a function, gives as soon as it gives something; WHAT it is, for the message when it never does."
  (let ((deadline (+ (float-time) 20))
        (found nil))
    (while (and (not (setq found (funcall condition))) (< (float-time) deadline))
      (accept-process-output nil 0.05))
    (unless found
      (message "no %s" what)
      (kill-emacs 1))
    found))

(defun visit-go-to (text)
  "Put point where TEXT begins."
  (goto-char (point-min))
  (search-forward text)
  (goto-char (match-beginning 0)))

(defun visit-problems ()
  "Messages of the errors and warnings that Flymake shows."
  (flymake-start)
  (mapcar #'flymake-diagnostic-text
          (seq-filter (lambda (one) (memq (flymake-diagnostic-type one) '(eglot-error eglot-warning)))
                      (flymake-diagnostics))))

(defun visit-take-default (_prompt _choices &optional _predicate _match _initial _history default &rest _)
  "What somebody chooses who presses RET."
  (if (consp default) (car default) default))

;; As Emacs does by itself where somebody sits before it.
(package-initialize)
(load (getenv "VIRTLINT_INIT") nil t)
(find-file (getenv "VIRTLINT_FILE"))
(run-hooks 'post-command-hook)
(visit-wait-for "server" #'eglot-current-server)

(let ((problems (visit-wait-for "problems" #'visit-problems))
      (completion nil)
      (hover nil))
  (visit-go-to "qcow2' ")
  (setq completion (all-completions "" (nth 2 (eglot-completion-at-point))))
  (visit-go-to "cache=")
  (eglot-hover-eldoc-function (lambda (text &rest _) (setq hover (substring-no-properties text))))
  (visit-wait-for "hover" (lambda () hover))
  (visit-go-to "bsu=")
  (let ((last-nonmenu-event t)
        (completing-read-function #'visit-take-default))
    (eglot-code-actions (point) nil nil t))
  (princ (json-encode `((problems . ,(vconcat problems))
                        (hover . ,hover)
                        (completion . ,(vconcat (mapcar #'substring-no-properties completion)))
                        (text . ,(buffer-string))))))
(set-buffer-modified-p nil)
(kill-emacs 0)
